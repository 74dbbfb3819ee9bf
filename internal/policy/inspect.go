package policy

import "github.com/open-policy-agent/opa/v1/ast"

// Input returns the input that the rules get for a record of the folder, made of
// the terms that they get, as encoding/json writes it.
func (f *FolderJudge) Input(c Case) (any, error) { return ast.JSON(f.input(c).Value) }

// Data returns the data that the rules read and no file of the policies holds,
// for a tree whose partners are given by slug, and the licences that were copied, as
// encoding/json writes it.
func (s *Set) Data(partners map[string]*Partner, copied ...License) (any, error) {
	data := ast.NewObject(
		[2]*ast.Term{ast.StringTerm("catalogue"), s.catalogueTerm()},
		[2]*ast.Term{ast.StringTerm("partners"), s.partnerTerms(partners)},
		[2]*ast.Term{ast.StringTerm("alike"), s.alikeTerms(partners, copied)})
	return ast.JSON(data)
}
