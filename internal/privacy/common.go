package privacy

import (
	"strings"

	"gitlab.com/gitlab-com/alliances/internal/finding"
)

// common holds words that tell nothing of a text that has them: those of common
// speech, of the rules and of the schemas. Findings are made of them.
type common map[string]bool

// speech is the words that sentences of any sort are made of. None of them is
// what somebody is called.
const speech = `
a about above after again against ago all almost alone along already also although always am among an and another any
anybody anyone anything are around as ask asked asks at available away back be because been before behind being below
best better between both but by call called calls came can cannot change changed changes come comes could day days did
different do does doing done down during each early either else end enough even ever every everybody everyone everything
few find first follow following for found four from full further gave get gets give given gives go goes going gone good
got had half has have having he help her here him his how however i if important in instead into is it its itself just
keep kept know known last late later least left less let like little long look looks made make makes many maybe me mean
means meanwhile might more most much must my near need needed needs neither never new next no nobody none nor not note
notes nothing now of off often okay ok old on once one only open or other others our out over own part people perhaps
please possible put quite rather read really right said same saw say says second see seem seems seen sent set several
she should show since small so some somebody someone something soon still such sure take taken takes tell than thank
thanks that the their them then there these they thing things this those though three through till time times tbd to
today todo together told tomorrow too took two under unknown until unless up upon us use used using usual very wait
waiting want wanted wants was way we week weeks well went were what when where whether which while who whole whom whose
why wish with within without wording work works would write written wrong year years yes yesterday yet you your`

// newCommon returns the words of common speech and of the rules.
func newCommon(rules []*finding.Rule) common {
	words := common{}
	words.add(speech)
	for _, rule := range rules {
		words.add(rule.ID)
		words.add(rule.Title)
		words.add(rule.Description)
		words.add(rule.Help)
	}
	return words
}

func (c common) add(text string) {
	for _, word := range wordsOf(text) {
		c[word] = true
	}
}

// addSchema adds the names and the words of a schema, but not its patterns and
// not the values that it makes up.
func (c common) addSchema(written any) {
	switch value := written.(type) {
	case string:
		c.add(value)
	case []any:
		for _, item := range value {
			c.addSchema(item)
		}
	case map[string]any:
		for keyword, item := range value {
			if c.add(keyword); keyword != "examples" && keyword != "pattern" {
				c.addSchema(item)
			}
		}
	}
}

// tells reports whether a word is one that could tell what a text is. A number
// of one or two digits is not.
func (c common) tells(word string) bool {
	isShort := len(word) < longNumber && strings.Trim(word, "0123456789") == ""
	return !isShort && !c[word]
}
