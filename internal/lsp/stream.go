package lsp

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"net/textproto"
	"strconv"

	"github.com/sourcegraph/jsonrpc2"
)

// maxMessage is how large a message may be: several times as large as any record.
const maxMessage = 64 << 20

// A codec reads and writes messages as the protocol frames them. What is framed and
// yet no message is left out, so that a client's mistake does not end the server.
type codec struct {
	jsonrpc2.VSCodeObjectCodec
}

// ReadObject implements jsonrpc2.ObjectCodec.
func (codec) ReadObject(stream *bufio.Reader, v any) error {
	for {
		body, err := readFrame(stream)
		if err != nil {
			return err
		}
		if json.Unmarshal(body, v) == nil {
			return nil
		}
	}
}

func readFrame(stream *bufio.Reader) ([]byte, error) {
	header, err := textproto.NewReader(stream).ReadMIMEHeader()
	if err != nil {
		return nil, err
	}
	length, err := strconv.Atoi(header.Get("Content-Length"))
	if err != nil || length < 0 || length > maxMessage {
		return nil, fmt.Errorf("a message has the length %q", header.Get("Content-Length"))
	}
	body := make([]byte, length)
	_, err = io.ReadFull(stream, body)
	return body, err
}

// A pipe is the two ends that the server is spoken to through. Closing it closes
// neither: they are the program's.
type pipe struct {
	io.Reader
	io.Writer
	atEnd func() // called before the end is told; may be nil
}

// Read implements io.Reader.
func (p pipe) Read(data []byte) (int, error) {
	n, err := p.Reader.Read(data)
	if err != nil && p.atEnd != nil {
		p.atEnd()
	}
	return n, err
}

// Close implements io.Closer.
func (pipe) Close() error { return nil }
