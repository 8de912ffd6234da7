package main

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
)

// budgets are how many bytes each bundle may have when it is compressed: what a
// page of the kind takes over the wire beside its own words.
var budgets = map[string]int{
	"src/app.ts":           17_000, // on every page
	"src/reader/reader.ts": 30_000, // on a transcript, beside it
	"styles/app.css":       18_000, // with reader.css, see below
}

// stylesTogether is what both style sheets may have: a transcript takes both.
const stylesTogether = 18_000

// checkBudgets fails where a bundle is heavier than it may be.
func checkBudgets(metafile string) error {
	var made struct {
		Outputs map[string]struct{ EntryPoint string }
	}
	if err := json.Unmarshal([]byte(metafile), &made); err != nil {
		return err
	}
	weights := map[string]int{}
	for output, from := range made.Outputs {
		if from.EntryPoint == "" {
			continue
		}
		data, err := os.ReadFile(filepath.Join("web", output))
		if err != nil {
			return err
		}
		weights[from.EntryPoint] = compressed(data)
	}
	return overweight(weights)
}

// overweight names the bundles that are heavier than they may be.
func overweight(weights map[string]int) error {
	var over []error
	for bundle, most := range budgets {
		if weights[bundle] > most {
			over = append(over, fmt.Errorf("%s is %d bytes compressed, %d more than it may be", bundle, weights[bundle], weights[bundle]-most))
		}
	}
	if styles := weights["styles/app.css"] + weights["styles/reader.css"]; styles > stylesTogether {
		over = append(over, fmt.Errorf("the styles of a transcript are %d bytes compressed, %d more than they may be", styles, styles-stylesTogether))
	}
	slices.SortFunc(over, func(a, b error) int { return bytes.Compare([]byte(a.Error()), []byte(b.Error())) })
	return errors.Join(over...)
}

func compressed(data []byte) int {
	var out bytes.Buffer
	w, _ := gzip.NewWriterLevel(&out, gzip.BestCompression) // fails for levels that there are not
	_, _ = w.Write(data)                                    // into memory
	_ = w.Close()
	return out.Len()
}
