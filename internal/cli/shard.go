package cli

import (
	"errors"
	"fmt"
	"strconv"

	"gitlab.com/gitlab-com/alliances/internal/check"
	"gitlab.com/gitlab-com/alliances/internal/lazy"
	"gitlab.com/gitlab-com/alliances/internal/report"
)

// maxShards is how many parts there can be: GitLab runs no more jobs in parallel.
const maxShards = 200

var shardPattern = lazy.Pattern(`^([0-9]{1,9})/([0-9]{1,9})$`)

// parseShard reads what --shard is given.
func parseShard(text string) (check.Shard, error) {
	match := shardPattern().FindStringSubmatch(text)
	if match == nil {
		return check.Shard{}, fmt.Errorf("--shard takes I/N, such as 2/4 for the second of four parts, not %q", text)
	}
	index, _ := strconv.Atoi(match[1]) // nine digits are a number
	count, _ := strconv.Atoi(match[2])
	switch {
	case count < 1 || count > maxShards:
		return check.Shard{}, fmt.Errorf("--shard %s: there are at least 1 and at most %d parts; write such as 1/4", text, maxShards)
	case index < 1 || index > count:
		return check.Shard{}, fmt.Errorf("--shard %s: the parts of %d are 1/%[2]d to %[2]d/%[2]d", text, count)
	}
	return check.Shard{Index: index, Count: count}, nil
}

// checkShard returns an error where parts make no sense.
func (f *validateFlags) checkShard(paths []string) error {
	if !f.given("shard") {
		return nil
	}
	_, err := parseShard(f.shard)
	switch {
	case err != nil:
		return err
	case f.fix:
		return errors.New("--fix puts right all at once: leave out --shard")
	case len(paths) > 0:
		return errors.New("--shard judges a part of all folders: leave out either it or the paths")
	case f.given("base") && !f.given("head"):
		return errors.New("--shard with --base judges parts of a commit: name it, such as --head HEAD")
	}
	return nil
}

// runOf says of which run a part is, so that no other one's is joined with it.
func (w *workspace) runOf(found *report.Report, result *check.Result, options report.Options) (report.Run, error) {
	rules, err := w.rulesDigest()
	if err != nil {
		return report.Run{}, err
	}
	run := report.Run{
		Validator: thisBuild().String(), Records: "files " + result.Digest, Rules: rules,
		FailOn: options.FailOn, Scope: found.Scope, LinkBase: options.LinkBase,
	}
	if w.state.Commit != "" {
		run.Records = "commit " + string(w.state.Commit)
	}
	if before := w.before(); before != nil {
		run.Base = string(before.Commit)
	}
	return run, nil
}
