#include "textflag.h"

// Rows of a tile: SI names rows 0..3, DI rows 4..7, DX is the length of a row in
// bytes and R8 three times that. BX runs through the panel, 128 bytes a quad.

// func tileAVX512(sums *tile, rows *uint8, in int, panel *int8)
//
// AVX-512 VNNI: one VPDPBUSD adds four products of u8 and s8 into each of 16
// int32 lanes, without saturation.
TEXT ·tileAVX512(SB), NOSPLIT, $0-32
	MOVQ sums+0(FP), AX
	MOVQ rows+8(FP), SI
	MOVQ in+16(FP), DX
	MOVQ panel+24(FP), BX
	MOVQ DX, CX
	SHRQ $2, CX // quads
	LEAQ (SI)(DX*4), DI
	LEAQ (DX)(DX*2), R8
	VPXORD Z16, Z16, Z16
	VPXORD Z17, Z17, Z17
	VPXORD Z18, Z18, Z18
	VPXORD Z19, Z19, Z19
	VPXORD Z20, Z20, Z20
	VPXORD Z21, Z21, Z21
	VPXORD Z22, Z22, Z22
	VPXORD Z23, Z23, Z23
	VPXORD Z24, Z24, Z24
	VPXORD Z25, Z25, Z25
	VPXORD Z26, Z26, Z26
	VPXORD Z27, Z27, Z27
	VPXORD Z28, Z28, Z28
	VPXORD Z29, Z29, Z29
	VPXORD Z30, Z30, Z30
	VPXORD Z31, Z31, Z31

quad:
	VMOVDQU32    (BX), Z0
	VMOVDQU32    64(BX), Z1
	VPBROADCASTD (SI), Z2
	VPBROADCASTD (SI)(DX*1), Z3
	VPBROADCASTD (SI)(DX*2), Z4
	VPBROADCASTD (SI)(R8*1), Z5
	VPBROADCASTD (DI), Z6
	VPBROADCASTD (DI)(DX*1), Z7
	VPBROADCASTD (DI)(DX*2), Z8
	VPBROADCASTD (DI)(R8*1), Z9
	VPDPBUSD     Z0, Z2, Z16
	VPDPBUSD     Z1, Z2, Z17
	VPDPBUSD     Z0, Z3, Z18
	VPDPBUSD     Z1, Z3, Z19
	VPDPBUSD     Z0, Z4, Z20
	VPDPBUSD     Z1, Z4, Z21
	VPDPBUSD     Z0, Z5, Z22
	VPDPBUSD     Z1, Z5, Z23
	VPDPBUSD     Z0, Z6, Z24
	VPDPBUSD     Z1, Z6, Z25
	VPDPBUSD     Z0, Z7, Z26
	VPDPBUSD     Z1, Z7, Z27
	VPDPBUSD     Z0, Z8, Z28
	VPDPBUSD     Z1, Z8, Z29
	VPDPBUSD     Z0, Z9, Z30
	VPDPBUSD     Z1, Z9, Z31
	ADDQ         $128, BX
	ADDQ         $4, SI
	ADDQ         $4, DI
	DECQ         CX
	JNZ          quad

	VMOVDQU32 Z16, (AX)
	VMOVDQU32 Z17, 64(AX)
	VMOVDQU32 Z18, 128(AX)
	VMOVDQU32 Z19, 192(AX)
	VMOVDQU32 Z20, 256(AX)
	VMOVDQU32 Z21, 320(AX)
	VMOVDQU32 Z22, 384(AX)
	VMOVDQU32 Z23, 448(AX)
	VMOVDQU32 Z24, 512(AX)
	VMOVDQU32 Z25, 576(AX)
	VMOVDQU32 Z26, 640(AX)
	VMOVDQU32 Z27, 704(AX)
	VMOVDQU32 Z28, 768(AX)
	VMOVDQU32 Z29, 832(AX)
	VMOVDQU32 Z30, 896(AX)
	VMOVDQU32 Z31, 960(AX)
	VZEROUPPER
	RET

// One row of a quarter tile: four activations (the bytes at ADDR) times
// sixteen columns. The weights' even bytes stand widened in Y8 (columns 0..7)
// and Y10 (8..15), their odd bytes in Y9 and Y11.
#define ROW(ADDR, LOW, HIGH) \
	VPBROADCASTD ADDR, Y12     \
	VPAND        Y15, Y12, Y13 \
	VPSRLW       $8, Y12, Y12  \
	VPMADDWD     Y8, Y13, Y14  \
	VPADDD       Y14, LOW, LOW \
	VPMADDWD     Y9, Y12, Y14  \
	VPADDD       Y14, LOW, LOW \
	VPMADDWD     Y10, Y13, Y13 \
	VPADDD       Y13, HIGH, HIGH \
	VPMADDWD     Y11, Y12, Y12 \
	VPADDD       Y12, HIGH, HIGH

// func quarterAVX2(sums *int32, rows *uint8, in int, panel *int8)
//
// Four rows by sixteen columns: a quarter of a tile. Bytes are widened to
// int16 first, so that VPMADDWD is exact; VPMADDUBSW would saturate.
TEXT ·quarterAVX2(SB), NOSPLIT, $0-32
	MOVQ sums+0(FP), AX
	MOVQ rows+8(FP), SI
	MOVQ in+16(FP), DX
	MOVQ panel+24(FP), BX
	MOVQ DX, CX
	SHRQ $2, CX // quads
	LEAQ (DX)(DX*2), R8
	VPXOR Y0, Y0, Y0
	VPXOR Y1, Y1, Y1
	VPXOR Y2, Y2, Y2
	VPXOR Y3, Y3, Y3
	VPXOR Y4, Y4, Y4
	VPXOR Y5, Y5, Y5
	VPXOR Y6, Y6, Y6
	VPXOR Y7, Y7, Y7
	VPCMPEQW Y15, Y15, Y15
	VPSRLW $8, Y15, Y15 // 0x00ff in each int16

quad:
	VMOVDQU (BX), Y9
	VMOVDQU 32(BX), Y11
	VPSLLW  $8, Y9, Y8
	VPSRAW  $8, Y8, Y8
	VPSRAW  $8, Y9, Y9
	VPSLLW  $8, Y11, Y10
	VPSRAW  $8, Y10, Y10
	VPSRAW  $8, Y11, Y11
	ROW((SI), Y0, Y1)
	ROW((SI)(DX*1), Y2, Y3)
	ROW((SI)(DX*2), Y4, Y5)
	ROW((SI)(R8*1), Y6, Y7)
	ADDQ    $128, BX
	ADDQ    $4, SI
	DECQ    CX
	JNZ     quad

	VMOVDQU Y0, (AX)
	VMOVDQU Y1, 32(AX)
	VMOVDQU Y2, 128(AX)
	VMOVDQU Y3, 160(AX)
	VMOVDQU Y4, 256(AX)
	VMOVDQU Y5, 288(AX)
	VMOVDQU Y6, 384(AX)
	VMOVDQU Y7, 416(AX)
	VZEROUPPER
	RET
