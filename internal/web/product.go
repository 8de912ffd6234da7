package web

import (
	"net/http"
	"net/url"
	"slices"

	"github.com/headway-oss/headway"
	"github.com/headway-oss/headway/internal/job"
)

// productView is one product and all jobs it is hired for, or all products.
type productView struct {
	Name    string
	All     []productLine // where none is named
	Jobs    []hiredView
	People  int
	Nothing bool // doing nothing, which is hired too
}

type productLine struct {
	Name, Href string
	People, N  int
}

// hiredView is one job for which something was hired.
type hiredView struct {
	Called, Href string
	People, N    int // who hired it for the job, and of how many
	Lines        []spoken
	Others       []productLine
	Instead      []productLine // ways without a product
}

func productPath(study headway.StudyID, name string) string {
	return studyPath(study, "product?"+url.Values{"name": {name}}.Encode())
}

func (s *server) showProduct(w http.ResponseWriter, r *http.Request) error {
	sheet, err := s.worksheet(r)
	if err != nil {
		return err
	}
	v := sheet.product(r.FormValue("name"))
	heading := "Products, and what they are hired for"
	if v.Name != "" {
		heading = v.Name
	}
	if v.Name != "" && len(v.Jobs) == 0 {
		return headway.Errorf(headway.NotFound, "nobody in this study told of %q", v.Name)
	}
	return s.render(w, r, http.StatusOK, newPage("product", heading).of(sheet.Study, "jobs"), v)
}

// nothing is the name under which doing nothing has its page.
const nothing = "nothing"

func (w *worksheet) product(name string) productView {
	v := productView{Name: name, Nothing: name == nothing}
	people, hired := map[headway.PersonID]bool{}, map[string]map[headway.PersonID]bool{}
	for i := range w.Jobs.Jobs {
		j := &w.Jobs.Jobs[i]
		one := hiredView{Called: j.Called(), Href: w.cardPath(j), N: j.People}
		one.Lines, one.People = w.hiredFor(j, name, people, hired)
		one.Others, one.Instead = w.besides(j, name)
		if one.People > 0 {
			v.Jobs = append(v.Jobs, one)
		}
	}
	v.People = len(people)
	if name == "" {
		v.Jobs = nil
		for product, by := range hired {
			v.All = append(v.All, productLine{product, productPath(w.Study.ID, product), len(by), w.People})
		}
		slices.SortFunc(v.All, byPeople)
	}
	return v
}

func byPeople(a, b productLine) int {
	if a.People != b.People {
		return b.People - a.People
	}
	if a.Name < b.Name {
		return -1
	}
	return 1
}

// hiredFor gives what customers say who hired something for a job, and counts them.
func (w *worksheet) hiredFor(j *job.Job, name string, people map[headway.PersonID]bool, hired map[string]map[headway.PersonID]bool) (lines []spoken, n int) {
	here := map[headway.PersonID]bool{}
	hire := func(product string, person headway.PersonID, says ...spoken) {
		if product == "" {
			return
		}
		if hired[product] == nil {
			hired[product] = map[headway.PersonID]bool{}
		}
		hired[product][person] = true
		if product == name {
			here[person], people[person] = true, true
			lines = append(lines, says...)
		}
	}
	for _, p := range j.Placed {
		e := &w.Episodes[p.Episode]
		hire(e.Product, e.Person, w.episodeLine(p).Says...)
	}
	for _, a := range j.Alternatives {
		if a.Sort != headway.ANothing {
			continue
		}
		for _, t := range a.Told {
			hire(nothing, t.Person, w.spoken(append(headway.Passage{t.Span}, t.More...), t.Person))
		}
	}
	return lines[:min(len(lines), 2*typicalShown)], len(here)
}

// besides gives what else was hired for a job, and the ways without a product.
func (w *worksheet) besides(j *job.Job, name string) (products, ways []productLine) {
	for _, p := range j.Products {
		if p.Name != name {
			products = append(products, productLine{p.Name, productPath(w.Study.ID, p.Name), p.People, j.People})
		}
	}
	for _, a := range j.Alternatives {
		way := productLine{w.alternativeName(a), "", a.People, j.People}
		if a.Sort == headway.ANothing {
			way.Href = productPath(w.Study.ID, nothing)
		}
		if a.Sort != headway.ANothing || name != nothing {
			ways = append(ways, way)
		}
	}
	return products, ways
}
