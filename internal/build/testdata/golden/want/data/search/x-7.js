waymark.search("x","zchb55sp",7,"WG$P}}vc'VDPyT:EYKQ<`e)##");
