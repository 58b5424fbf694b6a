waymark.search("x","jftqkbnl",11,"zA##~}vc&)PW=T?3{ueo###");
