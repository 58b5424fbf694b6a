waymark.search("x","jftqkbnl",9,"{o%#j}vc&)ej1aG.k:w+okV0>7_PVw?F'Fw+auK%*4HTSwXKD/rRBk#+NebfZIfG2Q*'2_IAdU)RA(*J.$T+LqZLeU^WrT4J$FBj2nVRdUTP#3oIVKQ<`e)##");
