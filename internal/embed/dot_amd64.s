#include "textflag.h"

// Sixteen bytes of the row are widened to 16 bits, multiplied with the query's
// and summed in pairs to 32 bits: exact.
#define STEP(at, part, sum) \
	VPMOVSXBW at(SI), part \
	VPMADDWD (2*at)(DX), part, part \
	VPADDD part, sum, sum

// func dotsAVX2(out *int32, query *[Dim]int16, rows *byte, n int)
TEXT ·dotsAVX2(SB), NOSPLIT, $0-32
	MOVQ out+0(FP), DI
	MOVQ query+8(FP), DX
	MOVQ rows+16(FP), SI
	MOVQ n+24(FP), CX

row:
	VPXOR Y0, Y0, Y0
	VPXOR Y1, Y1, Y1
	VPXOR Y2, Y2, Y2
	VPXOR Y3, Y3, Y3
	STEP(0, Y4, Y0)
	STEP(16, Y5, Y1)
	STEP(32, Y6, Y2)
	STEP(48, Y7, Y3)
	STEP(64, Y4, Y0)
	STEP(80, Y5, Y1)
	STEP(96, Y6, Y2)
	STEP(112, Y7, Y3)
	STEP(128, Y4, Y0)
	STEP(144, Y5, Y1)
	STEP(160, Y6, Y2)
	STEP(176, Y7, Y3)
	STEP(192, Y4, Y0)
	STEP(208, Y5, Y1)
	STEP(224, Y6, Y2)
	STEP(240, Y7, Y3)

	// The eight sums of 32 bits become one.
	VPADDD Y1, Y0, Y0
	VPADDD Y3, Y2, Y2
	VPADDD Y2, Y0, Y0
	VEXTRACTI128 $1, Y0, X1
	VPADDD X1, X0, X0
	VPSHUFD $0x4e, X0, X1
	VPADDD X1, X0, X0
	VPSHUFD $0xb1, X0, X1
	VPADDD X1, X0, X0
	VMOVD X0, (DI)

	ADDQ $256, SI
	ADDQ $4, DI
	DECQ CX
	JNZ row
	VZEROUPPER
	RET

// Eight bytes of the row are widened to 32 bits, weighted and added.
#define ADD(at, part) \
	VPMOVSXBD at(SI), part \
	VPMULLD Y15, part, part \
	VPADDD (4*at)(DI), part, part \
	VMOVDQU part, (4*at)(DI)

// func addAVX2(sum *[Dim]int32, row *[Dim]byte, weight int32)
TEXT ·addAVX2(SB), NOSPLIT, $0-20
	MOVQ sum+0(FP), DI
	MOVQ row+8(FP), SI
	MOVL weight+16(FP), AX
	VMOVD AX, X15
	VPBROADCASTD X15, Y15
	MOVQ $4, CX

part:
	ADD(0, Y0)
	ADD(8, Y1)
	ADD(16, Y2)
	ADD(24, Y3)
	ADD(32, Y4)
	ADD(40, Y5)
	ADD(48, Y6)
	ADD(56, Y7)
	ADDQ $64, SI
	ADDQ $256, DI
	DECQ CX
	JNZ part
	VZEROUPPER
	RET
