waymark.search("x","jftqkbnl",7,"WG$P}}vc'VDPyT:EYKQ<`e)##");
