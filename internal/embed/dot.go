package embed

// dotsPortable sets out[i] to the product of query and the i-th row.
func dotsPortable(out []int32, query *Vector, rows []byte) {
	for i := range out {
		row := (*[Dim]byte)(rows[i*Dim:])
		var a, b, c, d int32
		for j := 0; j < Dim; j += 4 {
			a += int32(query[j]) * int32(int8(row[j]))
			b += int32(query[j+1]) * int32(int8(row[j+1]))
			c += int32(query[j+2]) * int32(int8(row[j+2]))
			d += int32(query[j+3]) * int32(int8(row[j+3]))
		}
		out[i] = a + b + c + d
	}
}

func dot(a, b *Vector) (sum int32) {
	for i := range a {
		sum += int32(a[i]) * int32(b[i])
	}
	return sum
}

// addPortable adds weight times row to sum.
func addPortable(sum *[Dim]int32, row *[Dim]byte, weight int32) {
	for i := 0; i < Dim; i += 4 {
		sum[i] += weight * int32(int8(row[i]))
		sum[i+1] += weight * int32(int8(row[i+1]))
		sum[i+2] += weight * int32(int8(row[i+2]))
		sum[i+3] += weight * int32(int8(row[i+3]))
	}
}
