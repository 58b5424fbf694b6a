package e2e

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// The live preview as an author meets it: the real program on a real folder, in a real Chromium.

// The author types an answer, opens details, scrolls, and saves the source: the text is new, and everything else is as it was.
func TestSavingKeepsThePlace(t *testing.T) {
	d := newDesk(t)
	p := d.open(chromium(t), "listening.html")
	p.types(`textarea`, "the mentee, mostly")
	p.clicks(`#who-talks input[value="1"]`)
	p.clicks(`#who-talks [data-check]`)
	p.waits(`document.querySelector("#who-talks [data-feedback]").innerText !== ""`)
	p.js(`Array.from(document.querySelectorAll("main details")).find((d) => d.textContent.includes("beta")).open = true`)
	p.js(`document.querySelector("textarea").focus({ preventScroll: true }), document.querySelector("textarea").setSelectionRange(3, 5), document.querySelector("textarea").scrollIntoView({ block: "center", behavior: "instant" })`)
	feedback := p.js(`document.querySelector("#who-talks [data-feedback]").innerText`)
	if !strings.Contains(feedback, "Yes") && !strings.Contains(feedback, "Right") {
		t.Errorf("the feedback is %q", feedback)
	}
	state := `[document.querySelector("textarea").value, document.activeElement.localName, document.activeElement.selectionStart, Math.round(document.querySelector("textarea").getBoundingClientRect().top),
		document.querySelector("#who-talks input[value='1']").checked, document.querySelector("#who-talks [data-feedback]").innerText,
		Array.from(document.querySelectorAll(".prose details")).filter((d) => d.open && /beta|theta/.test(d.textContent)).map((d) => d.textContent.includes("beta")), window.first].join("|")`
	before := p.js(state)
	for again := ""; again != before; time.Sleep(200 * time.Millisecond) { // until the page has come to rest
		again, before = before, p.js(state)
	}
	if !regexp.MustCompile(`(?s)^the mentee, mostly\|textarea\|3\|[1-9]\d\d+\|true\|.*Yes\..*\|true\|true$`).MatchString(before) {
		t.Fatalf("before: %s", before)
	}
	for i, edit := range [][3]string{
		{"delta", "delta-two", "delta-two"},
		{"## Last part", "## A new part\n\nWith *new* text: zeta.\n\n- one\n- two\n\n## Last part", "zeta"},
		{"gamma", "gamma-two", "gamma-two"},
		{"beta", "beta-two", "beta-two"},
		{"::: details", "::: details {title=\"Another\"}\n\nWith a word: theta.\n\n:::\n\n::: details", "theta"},
	} {
		d.edit("content/listening.md", edit[0], edit[1])
		p.waits(fmt.Sprintf(`document.querySelector("main").textContent.includes(%q)`, edit[2]))
		p.is(fmt.Sprintf("after edit %d", i+1), state, before)
	}
	p.is("the page", `document.querySelector("main").innerHTML.includes("data-waymark-new")`, "false")
	p.is("passing ids", `document.querySelectorAll("[id^=waymark-same], [id^=waymark-made]").length`, "0")

	// The merged page is the page as it would be opened now, but for what scripts do.
	fresh := d.get("listening.html")
	for _, want := range []string{"delta-two", "zeta", "gamma-two", "beta-two"} {
		if !strings.Contains(fresh, want) {
			t.Errorf("the server's page has no %s", want)
		}
	}
}

// A question that is edited is marked by its new answers at once; what was typed elsewhere is still there.
func TestEditedQuestion(t *testing.T) {
	d := newDesk(t)
	p := d.open(chromium(t), "listening.html")
	p.types(`textarea`, "typed before")
	p.clicks(`#who-asks input[value="0"]`) // chosen, and not checked: the page itself keeps nothing of it
	d.edit("content/listening.md", "- ( ) The mentor\n", "- (x) The mentor\n")
	d.edit("content/listening.md", "- (x) The mentee\n", "- ( ) The mentee\n")
	d.edit("content/listening.md", "Who talks most in a good", "Who talks most in any good")
	p.shows("Who talks most in any good")
	p.waits(`document.querySelector("textarea").value === "typed before"`)
	p.waits(`document.querySelector("#who-asks input[value='0']").checked`)
	p.clicks(`#who-talks input[value="0"]`)
	p.clicks(`#who-talks [data-check]`)
	p.waits(`document.querySelector("#who-talks [data-feedback]").classList.contains("ok")`)
}

// What was typed into the gaps of one question, which have no names, is kept when another is edited.
func TestGapsAreCarriedOverAReload(t *testing.T) {
	d := newDesk(t)
	d.edit("content/listening.md", "::: reflection", "::: question {#say-back objective=sum-up}\n\nFirst you [[judge | (sum up) | correct]] what the [[mentee|other person]] has said.\n\n:::\n\n::: reflection")
	p := d.open(chromium(t), "listening.html")
	p.waits(`document.querySelector("#say-back input")`)
	p.types(`#say-back input`, "ment")
	p.js(`document.querySelector("#say-back select").selectedIndex = 2`)
	d.edit("content/listening.md", "Who talks most in a good", "Who talks most in any good")
	p.shows("Who talks most in any good")
	p.waits(`document.querySelector("#say-back input").value === "ment"`)
	p.waits(`document.querySelector("#say-back select").selectedIndex === 2`)
}

// Lines that were put in order, and not checked, stand as they stood when another question was edited, and again when their own was.
func TestOrderIsCarriedOverAReload(t *testing.T) {
	d := newDesk(t)
	d.edit("content/listening.md", "::: reflection", "::: question {#in-order objective=sum-up}\n\nPut in order.\n\n1. alpha\n2. iota\n3. omega\n\n:::\n\n::: reflection")
	p := d.open(chromium(t), "listening.html")
	p.waits(`document.querySelector("#in-order .mv")`)
	order := `Array.from(document.querySelectorAll("#in-order li .txt"), (x) => x.textContent).join()`
	ends := `Array.from(document.querySelectorAll("#in-order .mv button"), (b) => b.getAttribute("aria-disabled")).join()`
	p.js(`document.querySelector("#in-order li").querySelectorAll("button")[1].click()`)
	p.js(`document.querySelector("#in-order li:nth-child(2)").querySelectorAll("button")[1].click()`)
	was := p.js(order)
	for _, edit := range [][2]string{{"Who talks most in a good", "Who talks most in any good"}, {"Put in order.", "Put these in order."}} {
		d.edit("content/listening.md", edit[0], edit[1])
		p.shows(edit[1])
		p.waits(`document.querySelector("#in-order .mv")`)
		p.is("the order", order, was)
		p.is("the buttons", ends, "true,false,false,false,false,true")
	}
}

// Whatever an author does to a page's blocks, the merged page is the page as it would be opened now, and it is not loaded anew for that.
func TestMergedIsFresh(t *testing.T) {
	rnd := rand.New(rand.NewPCG(5, 1414))
	kinds := []string{
		"A paragraph, number %d.", "## Part %d", "- one of %[1]d\n- two of %[1]d\n- three", "> A quotation, number %d.", "::: tip\n\nA tip, number %d.\n\n:::",
		"::: details {title=\"More\"}\n\nHidden at first, number %d.\n\n:::", "| a | b |\n|---|---|\n| %d | same |", "The same in many places.", "1. First %d\n2. Second\n\n   With more.", "[Other](other.md) *number* **%d**.",
	}
	number := 0
	block := func() string {
		number++
		k := kinds[rnd.IntN(len(kinds))]
		if !strings.Contains(k, "%") {
			return k
		}
		return fmt.Sprintf(k, number)
	}
	var blocks []string
	for range 12 {
		blocks = append(blocks, block())
	}
	d := newDesk(t)
	save := func() { d.write("content/law.md", "---\ntitle: Law\n---\n\n"+strings.Join(blocks, "\n\n")+"\n") }
	save()
	p := &page{d: d}
	for end := time.Now().Add(5 * time.Second); !strings.Contains(d.get("law.html"), "Law") && time.Now().Before(end); {
		time.Sleep(20 * time.Millisecond)
	}
	p = d.open(chromium(t), "law.html")
	loads := 0
	for step := range 60 {
		for range 1 + rnd.IntN(3) {
			at := rnd.IntN(len(blocks))
			switch rnd.IntN(5) {
			case 0:
				blocks = slices.Insert(blocks, at, block())
			case 1:
				if len(blocks) > 3 {
					blocks = slices.Delete(blocks, at, at+1)
				}
			case 2:
				to := rnd.IntN(len(blocks))
				blocks[at], blocks[to] = blocks[to], blocks[at]
			case 3:
				blocks[at] = block()
			case 4:
				blocks = slices.Insert(blocks, at, blocks[rnd.IntN(len(blocks))])
			}
		}
		number++
		blocks[0] = fmt.Sprintf("Version %d.", number)
		save()
		p.shows(blocks[0])
		same := fmt.Sprintf(`new DOMParser().parseFromString(%s, "text/html").querySelector(".prose").isEqualNode(document.querySelector(".prose"))`, quote(d.get("law.html")))
		if p.js(same) != "true" {
			fresh := p.js(fmt.Sprintf(`new DOMParser().parseFromString(%s, "text/html").querySelector(".prose").innerHTML`, quote(d.get("law.html"))))
			merged := p.js(`document.querySelector(".prose").innerHTML`)
			at := 0
			for at < min(len(fresh), len(merged)) && fresh[at] == merged[at] {
				at++
			}
			from := max(0, at-200)
			t.Fatalf("after step %d the page is\n…%.600s\nand not\n…%.600s", step, merged[from:], fresh[from:])
		}
		if p.js(`window.first`) != "true" {
			loads++
			p.js(`window.first = true`)
		}
	}
	if loads > 3 { // the time to read it is in the page's data, which scripts have read
		t.Errorf("the page was loaded anew %d times", loads)
	}
}

// A fault lies over the last good page, in the terminal's words, leads into the editor, and goes away by itself.
func TestOverlay(t *testing.T) {
	d := newDesk(t)
	p := d.open(chromium(t), "listening.html")
	d.edit("content/listening.md", "alpha", "[alpha](nowhere.md)")
	overlay := `document.querySelector("waymark-overlay")?.shadowRoot.querySelector(".overlay")`
	p.waits(overlay)
	text := p.js(overlay + `.querySelector("pre").textContent`)
	if !strings.HasPrefix(text, "content/listening.md:11:") || !strings.Contains(text, "[link/broken]") {
		t.Errorf("the overlay says %q", text)
	}
	if !strings.Contains(d.said(), text) {
		t.Errorf("the terminal says something else:\n%s", d.said())
	}
	href := p.js(overlay + `.querySelector("a").href`)
	if !strings.HasPrefix(href, "test-editor://open") || !strings.Contains(href, "/content/listening.md:11:") {
		t.Errorf("the overlay leads to %s", href)
	}
	p.is("under it", `document.body.innerText.includes("alpha")`, "true")
	p.waits(`getComputedStyle(` + overlay + `).position === "fixed"`)
	other := d.open(p.ctx, "other.html") // a tab that comes later sees it too
	other.waits(overlay)
	d.edit("content/listening.md", "[alpha](nowhere.md)", "alpha-two")
	p.shows("alpha-two")
	p.waits(`!(` + overlay + `)`)
	other.waits(`!(` + overlay + `)`)
	p.is("the page was not loaded anew", `window.first`, "true")
}

// A style is exchanged in place, without a moment without styles; a template loads the page anew and typed answers survive that too.
func TestThemeEdits(t *testing.T) {
	d := newDesk(t)
	css := d.get("assets/waymark.css")
	p := d.open(chromium(t), "listening.html")
	p.types(`textarea`, "typed before")
	p.js(`(() => {
		window.bare = 0;
		const look = () => { if (getComputedStyle(document.querySelector(".vh")).position !== "absolute") window.bare++; requestAnimationFrame(look); };
		look();
	})()`)
	d.write("themes/default/assets/waymark.css", css+"\nbody { outline: 3px solid rgb(1, 2, 3); }\n")
	p.waits(`getComputedStyle(document.body).outlineColor === "rgb(1, 2, 3)"`)
	p.is("the page was not loaded anew", `window.first`, "true")
	d.write("themes/default/assets/waymark.css", css+"\nbody { outline: 3px solid rgb(4, 5, 6); }\n")
	p.waits(`getComputedStyle(document.body).outlineColor === "rgb(4, 5, 6)"`)
	p.is("frames without styles", `window.bare`, "0")
	p.is("sheets of one kind", `document.querySelectorAll("link[rel=stylesheet][href*='waymark.css']").length`, "1")

	// The template of a part, with one more word in it.
	part, err := os.ReadFile(filepath.Join("..", "..", "..", "themes", "default", "templates", "parts", "about.html"))
	must(t, err)
	d.write("themes/default/templates/parts/about.html", strings.Replace(string(part), `{{t "privacy"}}`, "A word of the theme.", 1))
	p.shows("A word of the theme.")
	p.is("the page was loaded anew", `window.first`, "undefined")
	p.waits(`document.querySelector("textarea").value === "typed before"`)
	p.waits(`getComputedStyle(document.body).outlineColor === "rgb(4, 5, 6)"`)
}

// Ten tabs are all kept up to date, and each on its own page.
func TestTenTabs(t *testing.T) {
	d := newDesk(t)
	browser := chromium(t)
	var tabs []*page
	for i := range 10 {
		name := "listening.html"
		if i%2 == 1 {
			name = "other.html"
		}
		tabs = append(tabs, d.open(browser, name))
	}
	d.edit("content/other.md", "epsilon", "epsilon-two")
	d.edit("content/listening.md", "alpha", "alpha-two")
	for i, p := range tabs {
		p.shows(map[int]string{0: "alpha-two", 1: "epsilon-two"}[i%2])
		p.is("not loaded anew", `window.first`, "true")
	}
}

// The bar says what the page is made of; a key takes it away and brings it back, on the next page too.
func TestAuthorsBar(t *testing.T) {
	d := newDesk(t)
	p := d.open(chromium(t), "listening.html")
	bar := `document.querySelector("waymark-bar")?.shadowRoot.querySelector(".bar")`
	p.waits(bar + `?.textContent.includes("content/listening.md")`)
	p.is("its kind", bar+`.textContent.includes("practice")`, "true")
	p.js(bar + `.querySelector("button").click()`)
	p.waits(bar + `.textContent.includes("Sum up what you heard")`)
	key := `document.dispatchEvent(new KeyboardEvent("keydown", { code: "KeyA", altKey: true, bubbles: true }))`
	p.js(key)
	p.waits(`!(` + bar + `)`)
	must(t, chromedp.Do(p.ctx, chromedp.Navigate(d.addr+"other.html")))
	p.waits(`document.readyState === "complete"`)
	time.Sleep(300 * time.Millisecond)
	p.is("on the next page", `!(`+bar+`)`, "true")
	p.js(key)
	p.waits(bar + `?.textContent.includes("content/other.md")`)
}

// With --navigate the browser goes where the author writes.
func TestNavigate(t *testing.T) {
	d := newDesk(t, "--navigate", "--base-path", "/hand/book/")
	p := d.open(chromium(t), "listening.html")
	d.edit("content/other.md", "epsilon", "epsilon-two")
	p.shows("epsilon-two")
	p.is("the address", `location.pathname`, "/hand/book/other.html")
}
