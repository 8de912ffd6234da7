//go:build !amd64

package embed

func dots(out []int32, query *Vector, rows []byte) { dotsPortable(out, query, rows) }

func add(sum *[Dim]int32, row *[Dim]byte, weight int32) { addPortable(sum, row, weight) }
