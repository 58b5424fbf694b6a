waymark.search("x","qjk4inc4",11,"zA##~}vc&)PW=T?3{ueo###");
