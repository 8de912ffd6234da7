package source

import (
	"fmt"
	"strings"
	"testing"
)

// The words of both are those of an ordinary interview: turns of a sentence up
// to a few paragraphs. Reading is meant to run at over 30 MB/s on one core.
func BenchmarkRead(b *testing.B) {
	answer := strings.Repeat("We ordered four hundred of them in May, and half came with the logo *upside down*. Nobody answered the phone. ", 4)
	var markdown, vtt strings.Builder
	vtt.WriteString("WEBVTT\n\n")
	for i := range 20_000 {
		fmt.Fprintf(&markdown, "**Marta Berg:** And what happened then, the %d. time?\n\n**Jan Ozols:** %s\n\nThey \\[laughs\\] never did.\n\n", i, answer)
		for k := range 6 {
			s := i*30 + k*5
			fmt.Fprintf(&vtt, "%d\n%02d:%02d:%02d.000 --> %02d:%02d:%02d.500\nJan Ozols: We ordered %d of them in May, and half came with the logo\n\n", i, s/3600, s/60%60, s%60, (s+4)/3600, (s+4)/60%60, (s+4)%60, s)
		}
		fmt.Fprintf(&vtt, "%02d:%02d:%02d.000 --> %02d:%02d:%02d.500\nMarta Berg: And then?\n\n", (i*30+29)/3600, (i*30+29)/60%60, (i*30+29)%60, (i*30+29)/3600, (i*30+29)/60%60, (i*30+29)%60)
	}
	for name, text := range map[string]string{"Markdown": markdown.String(), "VTT": vtt.String()} {
		b.Run(name, func(b *testing.B) {
			data := []byte(text)
			b.SetBytes(int64(len(data)))
			for b.Loop() {
				if _, err := Read(File{Name: name, Data: data}, Options{}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
