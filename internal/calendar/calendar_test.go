package calendar

import (
	"strings"
	"testing"
	"time"

	ics "github.com/arran4/golang-ical"
	"github.com/google/go-cmp/cmp"
)

func day(t *testing.T, text string) time.Time {
	t.Helper()
	day, err := time.Parse(time.DateOnly, text)
	if err != nil {
		t.Fatal(err)
	}
	return day
}

// TestWrite reads a calendar as a program does that subscribes to it.
func TestWrite(t *testing.T) {
	entries := []Entry{
		{Path: "partners/a/x.yaml", Title: "It ends; it, and \\Co: \x1b[31m", First: day(t, "2026-12-01"), Last: day(t, "2026-12-01"), Alarm: true},
		{Path: "partners/a/y.yaml", Title: "It is\u202e", Text: "For days.", First: day(t, "2026-05-04"), Last: day(t, "2026-06-26")},
		{Path: "partners/a/z.yaml", Title: "Last", First: day(t, "9999-12-31"), Last: day(t, "9999-12-31")},
	}
	var out strings.Builder
	if err := Write(&out, "Alliances", day(t, "2026-03-02"), entries); err != nil {
		t.Fatal(err)
	}
	calendar, err := ics.ParseCalendar(strings.NewReader(out.String()))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, event := range calendar.Events() {
		start, err := event.GetAllDayStartAt()
		if err != nil {
			t.Error(err)
		}
		end := "none"
		if day, err := event.GetAllDayEndAt(); err == nil {
			end = day.Format(time.DateOnly)
		}
		title := ics.FromText(event.GetProperty(ics.ComponentPropertySummary).Value)
		got = append(got, start.Format(time.DateOnly)+" "+end+" "+event.Id()+" "+title)
		for _, alarm := range event.Alarms() {
			got = append(got, "alarm "+alarm.GetProperty(ics.ComponentPropertyTrigger).Value)
		}
	}
	want := []string{
		`2026-05-04 2026-06-27 partners%2Fa%2Fy.yaml@alliances.example It is\u202e`,
		`2026-12-01 2026-12-02 partners%2Fa%2Fx.yaml@alliances.example It ends; it, and \Co: \u001b[31m`,
		`alarm -P1W`,
		`9999-12-31 none partners%2Fa%2Fz.yaml@alliances.example Last`,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
