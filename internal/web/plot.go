package web

import (
	"fmt"
	"math"
	"strings"

	"github.com/headway-oss/headway/internal/quality"
)

// Plots are drawn here, as SVG of a fixed size; each says in words what it shows.

// plotSide is the width and height of the field of a plot, in its own units.
const plotSide = 200

// along gives where a share stands from the left, and up from the top.
func along(share float64) float64 { return math.Round(plotSide * share) }
func up(share float64) float64    { return plotSide - along(share) }

// calibrationPlot sets what scores promise against what was right.
type calibrationPlot struct {
	Points []plotPoint
	Words  string
	Error  float64
}

// plotPoint is one point; Low and High bound it upwards where they differ.
type plotPoint struct {
	X, Y, R   float64
	Low, High float64
	Says      string
}

// plotCalibration draws each bin as a disc as large as many fall into it. On the
// line a score of .7 is right in seven of ten.
func plotCalibration(p quality.Pass) calibrationPlot {
	plot := calibrationPlot{Error: p.CalibrationError}
	most := 1
	for _, b := range p.Calibration {
		most = max(most, b.N)
	}
	var says []string
	for _, b := range p.Calibration {
		point := plotPoint{X: along(b.Mean), Y: up(b.Right), R: 2 + math.Round(8*math.Sqrt(float64(b.N)/float64(most)))}
		point.Says = fmt.Sprintf("score %.2f: right %.0f %% of %d", b.Mean, 100*b.Right, b.N)
		plot.Points = append(plot.Points, point)
		says = append(says, point.Says)
	}
	plot.Words = "Calibration of what counts: " + strings.Join(says, "; ")
	return plot
}

// curvePlot sets F1 against how many documents there were to learn from.
type curvePlot struct {
	Steps  []quality.Step
	Points []plotPoint
	Path   string
	Words  string
}

// plotCurve draws one step a doubling, with intervals.
func plotCurve(steps []quality.Step) curvePlot {
	plot := curvePlot{Steps: steps}
	var path, says []string
	for i, s := range steps {
		x := along((float64(i) + .5) / float64(len(steps)))
		point := plotPoint{X: x, Y: up(s.F1.Is), R: 4, Low: up(s.F1.Low), High: up(s.F1.High)}
		point.Says = fmt.Sprintf("%s documents: F1 %.2f", thousand(s.Documents), s.F1.Is)
		plot.Points = append(plot.Points, point)
		path = append(path, fmt.Sprintf("%.0f,%.0f", point.X, point.Y))
		says = append(says, point.Says)
	}
	plot.Path = strings.Join(path, " ")
	plot.Words = "Learning curve: " + strings.Join(says, "; ")
	return plot
}

// Gain is what the last doubling of documents brought.
func (c curvePlot) Gain() string {
	if len(c.Steps) < 2 {
		return ""
	}
	last, before := c.Steps[len(c.Steps)-1].F1, c.Steps[len(c.Steps)-2].F1
	return fmt.Sprintf("%+.3f", last.Is-before.Is)
}
