package cli

import (
	"os/exec"
	"runtime"
)

// openBrowser opens an address if it was not asked not to. Where no browser
// can be opened the printed address has to do.
func (p *program) openBrowser(url string) {
	if !p.config.Open {
		return
	}
	command := exec.Command("xdg-open", url)
	switch runtime.GOOS {
	case "darwin":
		command = exec.Command("open", url)
	case "windows":
		command = exec.Command("rundll32", "url.dll,FileProtocolHandler", url)
	}
	if command.Start() == nil {
		go command.Wait() // so that no dead process stays behind
	}
}
