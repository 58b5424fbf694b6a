waymark.search("x","zchb55sp",11,"zA##~}vc&)PW=T?3{ueo###");
