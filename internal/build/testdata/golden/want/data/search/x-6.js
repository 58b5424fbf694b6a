waymark.search("x","jftqkbnl",6,"0mQ9z}vc&)(^jTG.I]C<_q6:ZdZW-(`F^KQ<`e)##");
