package serve

import (
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"path"
	"strconv"
	"strings"
	"sync"
	"syscall"
)

// maxConns bounds the connections that are open at once. A browser opens six and a socket for each tab.
const maxConns = 512

// portTries is how many ports after a busy one are tried.
const portTries = 30

// quietLog drops what net/http has to say of broken connections: an author can do nothing about it.
var quietLog = log.New(io.Discard, "", 0)

func (s *Server) listen() (net.Listener, error) {
	host := s.o.Host
	if host == "" {
		host = "127.0.0.1"
	}
	for port := s.o.Port; ; port++ {
		ln, err := net.Listen("tcp", net.JoinHostPort(strings.Trim(host, "[]"), strconv.Itoa(port)))
		if err == nil {
			if port != s.o.Port {
				s.o.Log(fmt.Sprintf("port %d is busy; taking %d", s.o.Port, port))
			}
			if !s.private(ln.Addr()) {
				s.o.Log("the preview, drafts included, can be read by everybody on the network that reaches " + ln.Addr().String())
			}
			return &bounded{Listener: ln, free: make(chan struct{}, maxConns), done: make(chan struct{})}, nil
		}
		if !busy(err) {
			return nil, fmt.Errorf("cannot listen at %s: %w", host, cause(err))
		}
		if !s.o.NextPort || s.o.Port == 0 || port-s.o.Port >= portTries || port >= 65535 {
			return nil, fmt.Errorf("port %d is busy; name another with --port", s.o.Port)
		}
	}
}

// busy reports whether another program has the port. Windows says so by a number of its own.
func busy(err error) bool {
	var no syscall.Errno
	return errors.Is(err, syscall.EADDRINUSE) || errors.As(err, &no) && no == 10048
}

func (s *Server) private(a net.Addr) bool {
	t, ok := a.(*net.TCPAddr)
	return ok && t.IP.IsLoopback()
}

// address returns the address of the site for a person: one that the guard lets pass.
func (s *Server) address(a net.Addr) string {
	t, ok := a.(*net.TCPAddr)
	if !ok {
		return "http://" + a.String() + s.base
	}
	host := strings.Trim(s.o.Host, "[]")
	if ip := net.ParseIP(host); host == "" || ip != nil && ip.IsUnspecified() {
		host = "127.0.0.1"
	}
	return "http://" + net.JoinHostPort(host, strconv.Itoa(t.Port)) + s.base
}

func cause(err error) error {
	var op *net.OpError
	if errors.As(err, &op) {
		return op.Err
	}
	return err
}

// BasePath brings a path that a site is to stand under into the form "/" or "/handbook/". The error is for who named it.
func BasePath(p string) (string, error) {
	if p == "" || p == "/" {
		return "/", nil
	}
	clean := path.Clean("/" + p)
	if strings.ContainsAny(p, "?#\\%\x00") || strings.Contains(p, "://") || clean == "/" || strings.Trim(p, "/") != strings.Trim(clean, "/") || strings.HasPrefix(clean+"/", ownPath) {
		return "", fmt.Errorf("%q is not a path to serve under; write it as /handbook/", p)
	}
	return clean + "/", nil
}

// bounded is a listener that accepts no more than a number of connections at once; the others wait in the system's queue.
type bounded struct {
	net.Listener
	free chan struct{}
	done chan struct{}
	once sync.Once
}

func (b *bounded) Accept() (net.Conn, error) {
	select {
	case b.free <- struct{}{}:
	case <-b.done:
		return nil, net.ErrClosed
	}
	c, err := b.Listener.Accept()
	if err != nil {
		<-b.free
		return nil, err
	}
	return &boundedConn{Conn: c, release: func() { <-b.free }}, nil
}

func (b *bounded) Close() error {
	b.once.Do(func() { close(b.done) })
	return b.Listener.Close()
}

type boundedConn struct {
	net.Conn
	once    sync.Once
	release func()
}

func (c *boundedConn) Close() error {
	err := c.Conn.Close()
	c.once.Do(c.release)
	return err
}
