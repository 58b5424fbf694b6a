package plan

// brand checks the colours of site.yaml for contrast.
func (m *maker) brand() {}

// brandCSS is the site's colours as custom properties over the theme's.
func (m *maker) brandCSS() []byte { return nil }
