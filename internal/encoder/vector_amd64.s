#include "textflag.h"

// The float32 steps in 256-bit vectors, each the same bits as its namesake in
// plain.go: products and sums apart, never fused, in the same order.

// Where the constants of spread stand, each eight times over.
#define EXP_FLOOR   ·spread+0(SB)
#define EXP_PER_BIT ·spread+32(SB)
#define EXP_HIGH    ·spread+64(SB)
#define EXP_LOW     ·spread+96(SB)
#define EXP_POLY0   ·spread+128(SB)
#define EXP_POLY1   ·spread+160(SB)
#define EXP_POLY2   ·spread+192(SB)
#define EXP_POLY3   ·spread+224(SB)
#define EXP_POLY4   ·spread+256(SB)
#define ROUND_SHIFT ·spread+288(SB)
#define ONE         ·spread+320(SB)
#define MINUS_ONE   ·spread+352(SB)
#define HALF        ·spread+384(SB)
#define GELU_UPPER  ·spread+416(SB)
#define GELU_LOWER  ·spread+448(SB)
#define GELU_P0     ·spread+480(SB)
#define GELU_P1     ·spread+512(SB)
#define GELU_P2     ·spread+544(SB)
#define GELU_P3     ·spread+576(SB)
#define GELU_P4     ·spread+608(SB)
#define GELU_P5     ·spread+640(SB)
#define GELU_Q1     ·spread+672(SB)
#define GELU_Q2     ·spread+704(SB)
#define GELU_Q3     ·spread+736(SB)
#define GELU_Q4     ·spread+768(SB)
#define GELU_Q5     ·spread+800(SB)

// FOLD adds the lanes of Y as eight.sum does, into the lowest of X.
#define FOLD(Y, X, T) \
	VEXTRACTF128 $1, Y, T       \
	VADDPS       T, X, X        \
	VPSHUFD      $0xee, X, T    \
	VADDPS       T, X, X        \
	VPSHUFD      $0x55, X, T    \
	VADDSS       T, X, X

// FINISH makes eight numbers of a row: the sums at AT behind DI, outputs at AT
// behind R8, R9 and R10.
#define FINISH(AT) \
	VPMULLD   AT(R8), Y0, Y2   \
	VMOVDQU   AT(DI), Y3       \
	VPSUBD    Y2, Y3, Y3       \
	VCVTDQ2PS Y3, Y3           \
	VMULPS    AT(R9), Y1, Y4   \
	VMULPS    Y4, Y3, Y3       \
	VADDPS    AT(R10), Y3, Y3  \
	VMOVUPS   Y3, AT(SI)

// func finishAVX2(dst *float32, stride int, sums *tile, of *int32, scales, bias, scale *float32, zero *int32)
TEXT ·finishAVX2(SB), NOSPLIT, $0-64
	MOVQ dst+0(FP), SI
	MOVQ stride+8(FP), DX
	MOVQ sums+16(FP), DI
	MOVQ of+24(FP), R8
	MOVQ scales+32(FP), R9
	MOVQ bias+40(FP), R10
	MOVQ scale+48(FP), R11
	MOVQ zero+56(FP), R12
	SHLQ $2, DX
	MOVQ $8, CX

row:
	VPBROADCASTD (R12), Y0
	VBROADCASTSS (R11), Y1
	FINISH(0)
	FINISH(32)
	FINISH(64)
	FINISH(96)
	ADDQ         $4, R12
	ADDQ         $4, R11
	ADDQ         $128, DI
	ADDQ         DX, SI
	DECQ         CX
	JNZ          row
	VZEROUPPER
	RET

// func geluAVX2(xs *float32, n int)
TEXT ·geluAVX2(SB), NOSPLIT, $0-16
	MOVQ xs+0(FP), SI
	MOVQ n+8(FP), CX

eight:
	VMOVUPS (SI), Y0
	VMINPS  GELU_UPPER, Y0, Y1
	VMAXPS  GELU_LOWER, Y1, Y1
	VMULPS  Y1, Y1, Y2         // s
	VMULPS  GELU_P5, Y2, Y3
	VMULPS  GELU_Q5, Y2, Y4
	VADDPS  GELU_P4, Y3, Y3
	VADDPS  GELU_Q4, Y4, Y4
	VMULPS  Y2, Y3, Y3
	VMULPS  Y2, Y4, Y4
	VADDPS  GELU_P3, Y3, Y3
	VADDPS  GELU_Q3, Y4, Y4
	VMULPS  Y2, Y3, Y3
	VMULPS  Y2, Y4, Y4
	VADDPS  GELU_P2, Y3, Y3
	VADDPS  GELU_Q2, Y4, Y4
	VMULPS  Y2, Y3, Y3
	VMULPS  Y2, Y4, Y4
	VADDPS  GELU_P1, Y3, Y3
	VADDPS  GELU_Q1, Y4, Y4
	VMULPS  Y2, Y3, Y3
	VMULPS  Y2, Y4, Y4
	VADDPS  GELU_P0, Y3, Y3
	VADDPS  ONE, Y4, Y4
	VMULPS  Y1, Y3, Y3
	VDIVPS  Y4, Y3, Y3
	VMINPS  ONE, Y3, Y3
	VMAXPS  MINUS_ONE, Y3, Y3  // erf
	VMULPS  HALF, Y0, Y0
	VMULPS  Y0, Y3, Y3
	VADDPS  Y0, Y3, Y3
	VMOVUPS Y3, (SI)
	ADDQ    $32, SI
	SUBQ    $8, CX
	JNZ     eight
	VZEROUPPER
	RET

// func addAVX2(x, y *float32, n int)
TEXT ·addAVX2(SB), NOSPLIT, $0-24
	MOVQ x+0(FP), SI
	MOVQ y+8(FP), DI
	MOVQ n+16(FP), CX

eight:
	VMOVUPS (SI), Y0
	VADDPS  (DI), Y0, Y0
	VMOVUPS Y0, (SI)
	ADDQ    $32, SI
	ADDQ    $32, DI
	SUBQ    $8, CX
	JNZ     eight
	VZEROUPPER
	RET

// func sumAVX2(x *float32, n int) float32
TEXT ·sumAVX2(SB), NOSPLIT, $0-20
	MOVQ   x+0(FP), SI
	MOVQ   n+8(FP), CX
	VXORPS Y0, Y0, Y0

eight:
	VADDPS (SI), Y0, Y0
	ADDQ   $32, SI
	SUBQ   $8, CX
	JNZ    eight
	FOLD(Y0, X0, X1)
	VMOVSS X0, ret+16(FP)
	VZEROUPPER
	RET

// func centreAVX2(x *float32, n int, mean float32) float32
//
// Takes mean off x and gives the sum of its squares.
TEXT ·centreAVX2(SB), NOSPLIT, $0-28
	MOVQ         x+0(FP), SI
	MOVQ         n+8(FP), CX
	VBROADCASTSS mean+16(FP), Y1
	VXORPS       Y0, Y0, Y0

eight:
	VMOVUPS (SI), Y2
	VSUBPS  Y1, Y2, Y2
	VMOVUPS Y2, (SI)
	VMULPS  Y2, Y2, Y2
	VADDPS  Y2, Y0, Y0
	ADDQ    $32, SI
	SUBQ    $8, CX
	JNZ     eight
	FOLD(Y0, X0, X1)
	VMOVSS  X0, ret+24(FP)
	VZEROUPPER
	RET

// func stretchAVX2(x, gain, shift *float32, n int, inverse float32)
TEXT ·stretchAVX2(SB), NOSPLIT, $0-36
	MOVQ         x+0(FP), SI
	MOVQ         gain+8(FP), R8
	MOVQ         shift+16(FP), R9
	MOVQ         n+24(FP), CX
	VBROADCASTSS inverse+32(FP), Y1

eight:
	VMULPS  (SI), Y1, Y0
	VMULPS  (R8), Y0, Y0
	VADDPS  (R9), Y0, Y0
	VMOVUPS Y0, (SI)
	ADDQ    $32, SI
	ADDQ    $32, R8
	ADDQ    $32, R9
	SUBQ    $8, CX
	JNZ     eight
	VZEROUPPER
	RET

// func extentAVX2(xs *float32, n int) (low, high float32)
TEXT ·extentAVX2(SB), NOSPLIT, $0-24
	MOVQ   xs+0(FP), SI
	MOVQ   n+8(FP), CX
	VXORPS Y0, Y0, Y0
	VXORPS Y1, Y1, Y1
	VXORPS Y2, Y2, Y2
	VXORPS Y3, Y3, Y3

sixteen:
	VMOVUPS (SI), Y4
	VMOVUPS 32(SI), Y5
	VMINPS  Y4, Y0, Y0
	VMAXPS  Y4, Y1, Y1
	VMINPS  Y5, Y2, Y2
	VMAXPS  Y5, Y3, Y3
	ADDQ    $64, SI
	SUBQ    $16, CX
	JNZ     sixteen
	VMINPS  Y2, Y0, Y0
	VMAXPS  Y3, Y1, Y1

	VEXTRACTF128 $1, Y0, X2
	VEXTRACTF128 $1, Y1, X3
	VMINPS       X2, X0, X0
	VMAXPS       X3, X1, X1
	VPSHUFD      $0xee, X0, X2
	VPSHUFD      $0xee, X1, X3
	VMINPS       X2, X0, X0
	VMAXPS       X3, X1, X1
	VPSHUFD      $0x55, X0, X2
	VPSHUFD      $0x55, X1, X3
	VMINPS       X2, X0, X0
	VMAXPS       X3, X1, X1
	VMOVSS       X0, low+16(FP)
	VMOVSS       X1, high+20(FP)
	VZEROUPPER
	RET

// Packing works within halves of a register; this puts its quarters in order.
DATA inOrder<>+0(SB)/4, $0
DATA inOrder<>+4(SB)/4, $4
DATA inOrder<>+8(SB)/4, $1
DATA inOrder<>+12(SB)/4, $5
DATA inOrder<>+16(SB)/4, $2
DATA inOrder<>+20(SB)/4, $6
DATA inOrder<>+24(SB)/4, $3
DATA inOrder<>+28(SB)/4, $7
GLOBL inOrder<>(SB), RODATA|NOPTR, $32

// func bytesAVX2(dst *uint8, xs *float32, n int, perUnit float32, zero int32)
TEXT ·bytesAVX2(SB), NOSPLIT, $0-32
	MOVQ         dst+0(FP), DI
	MOVQ         xs+8(FP), SI
	MOVQ         n+16(FP), CX
	VBROADCASTSS perUnit+24(FP), Y8
	VBROADCASTSS zero+28(FP), Y9
	VMOVDQU      inOrder<>(SB), Y10

thirtyTwo:
	VMULPS     (SI), Y8, Y0
	VMULPS     32(SI), Y8, Y1
	VMULPS     64(SI), Y8, Y2
	VMULPS     96(SI), Y8, Y3
	VCVTPS2DQ  Y0, Y0
	VCVTPS2DQ  Y1, Y1
	VCVTPS2DQ  Y2, Y2
	VCVTPS2DQ  Y3, Y3
	VPADDD     Y9, Y0, Y0
	VPADDD     Y9, Y1, Y1
	VPADDD     Y9, Y2, Y2
	VPADDD     Y9, Y3, Y3
	VPACKSSDW  Y1, Y0, Y0
	VPACKSSDW  Y3, Y2, Y2
	VPACKUSWB  Y2, Y0, Y0
	VPERMD     Y0, Y10, Y0
	VMOVDQU    Y0, (DI)
	ADDQ       $128, SI
	ADDQ       $32, DI
	SUBQ       $32, CX
	JNZ        thirtyTwo
	VZEROUPPER
	RET

// One query against sixteen keys in Y8 and Y9.
#define QUERY(ADDR, LOW, HIGH) \
	VBROADCASTSS ADDR, Y10      \
	VMULPS       Y8, Y10, Y11   \
	VADDPS       Y11, LOW, LOW  \
	VMULPS       Y9, Y10, Y10   \
	VADDPS       Y10, HIGH, HIGH

// CLEAR empties the eight sums.
#define CLEAR \
	VXORPS Y0, Y0, Y0 \
	VXORPS Y1, Y1, Y1 \
	VXORPS Y2, Y2, Y2 \
	VXORPS Y3, Y3, Y3 \
	VXORPS Y4, Y4, Y4 \
	VXORPS Y5, Y5, Y5 \
	VXORPS Y6, Y6, Y6 \
	VXORPS Y7, Y7, Y7

// func scoresAVX2(dst, queries *float32, stride int, keys *float32, n int)
//
// Sixteen keys at a time; for those, all of a head's 32 numbers in turn.
TEXT ·scoresAVX2(SB), NOSPLIT, $0-40
	MOVQ dst+0(FP), DI
	MOVQ stride+16(FP), DX
	MOVQ keys+24(FP), BX
	MOVQ n+32(FP), R9
	MOVQ R9, CX
	SHLQ $2, DX
	SHLQ $2, R9
	LEAQ (DX)(DX*2), R8
	LEAQ (R9)(R9*2), R12

sixteen:
	MOVQ queries+8(FP), SI
	MOVQ BX, R10
	MOVQ $32, R11
	CLEAR

number:
	VMOVUPS (R10), Y8
	VMOVUPS 32(R10), Y9
	QUERY((SI), Y0, Y1)
	QUERY((SI)(DX*1), Y2, Y3)
	QUERY((SI)(DX*2), Y4, Y5)
	QUERY((SI)(R8*1), Y6, Y7)
	ADDQ    $4, SI
	ADDQ    R9, R10
	DECQ    R11
	JNZ     number

	VMOVUPS Y0, (DI)
	VMOVUPS Y1, 32(DI)
	VMOVUPS Y2, (DI)(R9*1)
	VMOVUPS Y3, 32(DI)(R9*1)
	VMOVUPS Y4, (DI)(R9*2)
	VMOVUPS Y5, 32(DI)(R9*2)
	VMOVUPS Y6, (DI)(R12*1)
	VMOVUPS Y7, 32(DI)(R12*1)
	ADDQ    $64, DI
	ADDQ    $64, BX
	SUBQ    $16, CX
	JNZ     sixteen
	VZEROUPPER
	RET

// func softenAVX2(scores *float32, n int) float32
TEXT ·softenAVX2(SB), NOSPLIT, $0-20
	MOVQ         scores+0(FP), SI
	MOVQ         n+8(FP), CX
	MOVQ         SI, DI
	MOVQ         CX, DX
	VMOVUPS      (DI), Y1

top:
	VMAXPS       (DI), Y1, Y1
	ADDQ         $32, DI
	SUBQ         $8, DX
	JNZ          top
	VEXTRACTF128 $1, Y1, X0
	VMAXPS       X0, X1, X1
	VPSHUFD      $0xee, X1, X0
	VMAXPS       X0, X1, X1
	VPSHUFD      $0x55, X1, X0
	VMAXPS       X0, X1, X1
	VBROADCASTSS X1, Y1
	VXORPS       Y0, Y0, Y0
	VPCMPEQD     Y7, Y7, Y7
	VPSRLD       $25, Y7, Y7          // 127 in each lane

eight:
	VMOVUPS   (SI), Y2
	VSUBPS    Y1, Y2, Y2
	VMAXPS    EXP_FLOOR, Y2, Y2
	VMULPS    EXP_PER_BIT, Y2, Y3
	VADDPS    ROUND_SHIFT, Y3, Y3
	VSUBPS    ROUND_SHIFT, Y3, Y3 // n
	VMULPS    EXP_HIGH, Y3, Y4
	VSUBPS    Y4, Y2, Y2
	VMULPS    EXP_LOW, Y3, Y4
	VSUBPS    Y4, Y2, Y2          // r
	VMULPS    EXP_POLY4, Y2, Y4
	VADDPS    EXP_POLY3, Y4, Y4
	VMULPS    Y2, Y4, Y4
	VADDPS    EXP_POLY2, Y4, Y4
	VMULPS    Y2, Y4, Y4
	VADDPS    EXP_POLY1, Y4, Y4
	VMULPS    Y2, Y4, Y4
	VADDPS    EXP_POLY0, Y4, Y4
	VMULPS    Y2, Y2, Y5
	VMULPS    Y5, Y4, Y4
	VADDPS    Y2, Y4, Y4
	VADDPS    ONE, Y4, Y4
	VCVTPS2DQ Y3, Y3
	VPADDD    Y7, Y3, Y3
	VPSLLD    $23, Y3, Y3
	VMULPS    Y3, Y4, Y4
	VMOVUPS   Y4, (SI)
	VADDPS    Y4, Y0, Y0
	ADDQ      $32, SI
	SUBQ      $8, CX
	JNZ       eight
	FOLD(Y0, X0, X1)
	VMOVSS    X0, ret+16(FP)
	VZEROUPPER
	RET

// PUT writes sixteen numbers of one query, divided by its total.
#define PUT(TOTAL, LOW, HIGH, ROW) \
	VBROADCASTSS TOTAL, Y8        \
	VDIVPS       Y8, LOW, LOW     \
	VDIVPS       Y8, HIGH, HIGH   \
	VMOVUPS      LOW, (ROW)       \
	VMOVUPS      HIGH, 32(ROW)    \
	ADDQ         DX, ROW

// func weighAVX2(dst *float32, dstStride int, shares *float32, n, count int, values *float32, stride int, totals *[4]float32)
//
// Sixteen of a head's 32 numbers at a time.
TEXT ·weighAVX2(SB), NOSPLIT, $0-64
	MOVQ dst+0(FP), DI
	MOVQ dstStride+8(FP), DX
	MOVQ n+24(FP), R9
	MOVQ values+40(FP), BX
	MOVQ stride+48(FP), R13
	MOVQ totals+56(FP), AX
	SHLQ $2, DX
	SHLQ $2, R9
	SHLQ $2, R13
	LEAQ (R9)(R9*2), R12
	MOVQ $2, R11

sixteen:
	MOVQ shares+16(FP), SI
	MOVQ count+32(FP), CX
	MOVQ BX, R10
	CLEAR

value:
	VMOVUPS (R10), Y8
	VMOVUPS 32(R10), Y9
	QUERY((SI), Y0, Y1)
	QUERY((SI)(R9*1), Y2, Y3)
	QUERY((SI)(R9*2), Y4, Y5)
	QUERY((SI)(R12*1), Y6, Y7)
	ADDQ    $4, SI
	ADDQ    R13, R10
	DECQ    CX
	JNZ     value

	MOVQ DI, R8
	PUT((AX), Y0, Y1, R8)
	PUT(4(AX), Y2, Y3, R8)
	PUT(8(AX), Y4, Y5, R8)
	PUT(12(AX), Y6, Y7, R8)
	ADDQ $64, DI
	ADDQ $64, BX
	DECQ R11
	JNZ  sixteen
	VZEROUPPER
	RET
