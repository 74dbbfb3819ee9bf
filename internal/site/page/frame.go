package page

import "strconv"

// A frame is the part of a chart that its lines are in, with the scales that
// turn what they stand for into pixels.
type frame struct {
	left, right, top, bottom float64
	first, last              float64 // across: days or months
	highest                  float64 // upwards, from 0
}

func (f *frame) at(across, up float64) point {
	x := (f.left + f.right) / 2
	if f.first < f.last {
		x = f.left + (f.right-f.left)*(across-f.first)/(f.last-f.first)
	}
	return point{x, f.bottom - (f.bottom-f.top)*up/f.highest}
}

// A mark on the scale across a chart.
type scaleMark struct {
	at    float64
	label string
}

// Room around a frame.
const (
	gap       = 8.0
	belowRoom = 28.0 // for the labels below it
	sideRoom  = 32.0 // for half of the label at its end
)

// frame draws the scale of whole numbers, of which the highest is shown, with
// lines across, and returns the frame that begins below a height.
func (c *canvas) frame(below float64, highest int64) *frame {
	const most = 5
	step := wholeStep(highest, most)
	top := max(step, (highest+step-1)/step*step)
	f := &frame{right: c.width - sideRoom, top: below, bottom: c.height - belowRoom, highest: float64(top)}
	label := textWidth(thousands(top))
	f.left = gap + label + gap
	for n := int64(0); n <= top; n += step {
		y := f.at(0, float64(n)).y
		c.line(gridLine, point{f.left, y}, point{c.width - gap, y})
		c.text("end", point{f.left - gap, y + fontSize/3}, thousands(n))
	}
	return f
}

// wholeStep returns 1, 2 or 5 with zeros behind it, the smallest that takes no
// more than so many steps.
func wholeStep(highest, most int64) int64 {
	for step := int64(1); ; step *= 10 {
		for _, n := range []int64{1, 2, 5} {
			if highest <= n*step*most {
				return n * step
			}
		}
	}
}

// scale writes labels below a frame.
func (c *canvas) scale(f *frame, marks []scaleMark) {
	for _, m := range marks {
		x := f.at(m.at, 0).x
		c.line(gridLine, point{x, f.bottom}, point{x, f.bottom + 4})
		c.text("middle", point{x, f.bottom + 4 + fontSize + 2}, m.label)
	}
}

// monthStep returns from how many months on one is labelled, so that so many
// labels have room side by side.
func monthStep(months int, room float64) int {
	most := max(1, int(room/(textWidth("2006-01")+2*gap)))
	for _, step := range []int{1, 2, 3, 6} {
		if months <= step*most {
			return step
		}
	}
	years := 1
	for months > 12*years*most {
		years *= 2
	}
	return 12 * years
}

// monthNumber returns the number of a month, such as 2026-03, counted from the
// year 0.
func monthNumber(name string) int {
	if len(name) < len("2006-01") {
		return 0
	}
	year, _ := strconv.Atoi(name[:4])
	month, _ := strconv.Atoi(name[5:7])
	return 12*year + month - 1
}

// monthName returns what monthNumber takes.
func monthName(number int) string {
	year, month := strconv.Itoa(10000+number/12), strconv.Itoa(100+number%12+1)
	return year[1:] + "-" + month[1:]
}
