waymark.search("x","qjk4inc4",7,"WG$P}}vc'VDPyT:EYKQ<`e)##");
