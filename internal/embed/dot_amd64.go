package embed

import "golang.org/x/sys/cpu"

// dots sets out[i] to the product of query and the i-th row, with AVX2 where
// the machine has it.
func dots(out []int32, query *Vector, rows []byte) {
	if !cpu.X86.HasAVX2 || len(out) == 0 {
		dotsPortable(out, query, rows)
		return
	}
	rows = rows[:len(out)*Dim]
	var wide [Dim]int16
	for i, n := range query {
		wide[i] = int16(n)
	}
	dotsAVX2(&out[0], &wide, &rows[0], len(out))
}

// dotsAVX2 does n rows, at least one.
//
//go:noescape
func dotsAVX2(out *int32, query *[Dim]int16, rows *byte, n int)

// add adds weight times row to sum, with AVX2 where the machine has it.
func add(sum *[Dim]int32, row *[Dim]byte, weight int32) {
	if cpu.X86.HasAVX2 {
		addAVX2(sum, row, weight)
	} else {
		addPortable(sum, row, weight)
	}
}

//go:noescape
func addAVX2(sum *[Dim]int32, row *[Dim]byte, weight int32)
