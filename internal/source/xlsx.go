package source

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"

	"github.com/headway-oss/headway"
)

// maxCells bounds what a workbook may hold; a sheet of 16,384 columns, the most
// there can be, still has room for 3,000 rows.
const maxCells = 50_000_000

// xlsx reads every sheet of a workbook as a table.
var xlsx = format{
	name: "xlsx",
	is:   func(p *peek) bool { return slices.Contains(p.entries(), "xl/workbook.xml") },
	read: readXLSX,
}

func readXLSX(r *reading) (err error) {
	// A workbook is a stranger's; what the library cannot bear is its error.
	defer recoverInvalid(&err, "the workbook is damaged: save it again, or export it as CSV")
	if _, err := openZip(r.file.Data); err != nil {
		return err
	}
	book, err := excelize.OpenReader(bytes.NewReader(r.file.Data), excelize.Options{
		UnzipSizeLimit:    maxUnpacked,
		UnzipXMLSizeLimit: maxUnpacked, // never to temporary files
		ShortDatePattern:  "yyyy-mm-dd",
		LongDatePattern:   "yyyy-mm-dd",
		LongTimePattern:   "hh:mm:ss",
	})
	if err != nil {
		return headway.Errorf(headway.Invalid, "the workbook cannot be opened (%w): save it again, or export it as CSV", err)
	}
	defer book.Close()
	for _, sheet := range book.GetSheetList() {
		rows, err := sheetRows(book, sheet)
		if err != nil {
			return err
		}
		further := ""
		if r.batch.Table != nil {
			further = sheet
		}
		r.readTable(rows, " ", further)
	}
	if r.batch.Table == nil {
		return headway.Errorf(headway.Invalid, "the workbook holds no filled sheet: export it again")
	}
	return nil
}

// sheetRows gives a sheet's rows without blank ones; their lines are the
// sheet's row numbers.
func sheetRows(book *excelize.File, sheet string) ([]record, error) {
	rows, err := book.Rows(sheet)
	if err != nil {
		return nil, headway.Errorf(headway.Invalid, "the sheet %q cannot be read (%w): export it as CSV", sheet, err)
	}
	defer rows.Close()
	var out []record
	cells := 0
	for line := 1; rows.Next(); line++ {
		columns, err := rows.Columns()
		if err != nil {
			return nil, headway.Errorf(headway.Invalid, "row %d of sheet %q cannot be read (%w): export it as CSV", line, sheet, err)
		}
		cells += len(columns)
		if cells > maxCells {
			return nil, headway.Errorf(headway.Invalid, "the sheet %q holds more than %d cells: export the columns with words as CSV", sheet, maxCells)
		}
		row := record{line: line, cells: columns}
		for i, c := range columns {
			columns[i] = sheetText(c)
		}
		if !row.blank() {
			out = append(out, row)
		}
	}
	return out, nil
}

// sheetText undoes what Excel writes for a line end in a cell.
func sheetText(cell string) string {
	if strings.IndexByte(cell, '_') >= 0 {
		cell = strings.ReplaceAll(cell, "_x000D_", "")
	}
	text, _ := clean([]byte(strings.ToValidUTF8(cell, "\ufffd")))
	return text
}

// recoverInvalid turns a panic of a library that reads a stranger's bytes into
// an Invalid error.
func recoverInvalid(err *error, advice string) {
	if p := recover(); p != nil {
		*err = headway.Errorf(headway.Invalid, "%s (%s)", advice, shorten(fmt.Sprint(p), 100))
	}
}
