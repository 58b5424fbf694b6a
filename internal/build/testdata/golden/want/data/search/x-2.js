waymark.search("x","jftqkbnl",2,"uaR9s}vc&)f[L'pKM=(-k9&X>eaWH'EI32gC_q;%L.wkCw8K<$,C1u1+4cVP*2(HY=7q4;4oX###");
