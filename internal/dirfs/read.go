package dirfs

import (
	"errors"
	"io"
	"slices"
	"sync"
)

// buffers are what files are read into, so that of each no more is allocated than its
// text takes. Nearly all fit.
var buffers = sync.Pool{New: func() any { return new([64 << 10]byte) }}

// read returns what can be read, and no more than most bytes of it.
func read(r io.Reader, most int) ([]byte, error) {
	buffer := buffers.Get().(*[64 << 10]byte)
	defer buffers.Put(buffer)
	data := buffer[:0]
	for len(data) < most {
		if len(data) == cap(data) {
			data = slices.Grow(data, len(data)) // which leaves the buffer
		}
		n, err := r.Read(data[len(data):min(cap(data), most)])
		data = data[:len(data)+n]
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, err
		}
	}
	text := make([]byte, len(data))
	copy(text, data)
	return text, nil
}
