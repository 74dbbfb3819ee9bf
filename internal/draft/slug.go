package draft

import (
	"regexp"
	"strings"

	"github.com/gosimple/unidecode"

	"gitlab.com/gitlab-com/alliances/internal/schema"
)

var (
	// signs are characters that are read as words.
	signs = strings.NewReplacer("&", " and ", "@", " at ", "+", " plus ")

	// sharp is a name that ends in a sharp, such as C#; any other # is a number's.
	sharp = regexp.MustCompile(`(\pL)#`)

	// apostrophes join what stands beside them: o'neill is one word.
	apostrophes = strings.NewReplacer("'", "", "`", "")

	// between is what is no letter and no digit.
	between = regexp.MustCompile(`[^a-z0-9]+`)
)

// Slug returns a name as a folder or a file can have it: lower-case letters and
// digits, with single hyphens between words; other scripts are spelled in Latin
// letters, accents are dropped, and signs are words. It is "" for a name without
// any letter or digit.
func Slug(name string) string {
	spelled := sharp.ReplaceAllString(signs.Replace(name), "$1 sharp ")
	latin := apostrophes.Replace(strings.ToLower(unidecode.Unidecode(spelled)))
	return Shorten(strings.Trim(between.ReplaceAllString(latin, "-"), "-"), schema.MaxSlug)
}

// Shorten returns a slug of at most so many characters, cut between words unless
// its first word alone is too long.
func Shorten(slug string, most int) string {
	if len(slug) <= most {
		return slug
	}
	if end := strings.LastIndexByte(slug[:most+1], '-'); end > 0 {
		return slug[:end]
	}
	return slug[:most]
}
