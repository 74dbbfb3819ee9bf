package check

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strings"

	"gitlab.com/gitlab-com/alliances/internal/layout"
)

// incomplete returns an error that names all that kinds lack besides their
// schemas, or nil.
func incomplete(kinds []string, schemas, policies fs.FS) error {
	var all []error
	for _, kind := range kinds {
		missing, err := missingOf(kind, schemas, policies)
		if err != nil {
			return err
		}
		if len(missing) > 0 {
			all = append(all, fmt.Errorf("the kind %s is not complete:\n  %s", kind, strings.Join(missing, "\n  ")))
		}
	}
	return errors.Join(all...)
}

func missingOf(kind string, schemas, policies fs.FS) (missing []string, err error) {
	rules, err := fs.Glob(policies, path.Join("rules", kind, "*", "*.rego"))
	if err != nil {
		return nil, err
	}
	if len(rules) == 0 {
		missing = append(missing, fmt.Sprintf("%s/rules/%s/ holds no rule: records of that kind would pass whatever they say", layout.Policies, kind))
	}
	example := path.Join("examples", kind+layout.RecordExt)
	if _, err := fs.Stat(schemas, example); errors.Is(err, fs.ErrNotExist) {
		missing = append(missing, fmt.Sprintf("%s/%s is missing: nobody would see what such a record looks like", layout.Schemas, example))
	} else if err != nil {
		return nil, err
	}
	return missing, nil
}
