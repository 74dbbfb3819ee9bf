package schema

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"gitlab.com/gitlab-com/alliances/internal/source"
)

// jsonError adds the line and column to an error of encoding/json.
func jsonError(data []byte, err error) error {
	offset := int64(len(data))
	var syntax *json.SyntaxError
	var kind *json.UnmarshalTypeError
	switch {
	case errors.As(err, &syntax):
		offset = syntax.Offset - 1
	case errors.As(err, &kind):
		offset = kind.Offset - 1
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF):
		err = errors.New("it ends before its JSON does")
	}
	text := source.New(data)
	at := text.Position(int(offset) - (len(data) - len(text.Text())))
	return fmt.Errorf("line %d, column %d: no JSON: %w", at.Line, at.Column, err)
}
