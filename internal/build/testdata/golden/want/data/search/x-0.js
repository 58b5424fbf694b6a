waymark.search("x","jftqkbnl",0,"](S9p}vc'VTmb]AMZYhqn9zzc(XW3F2J6QWXBkei_(etEaF.HkrRDybA1+v=d27KY:q%AkuFqb^P]TH.TK+TPex5##");
