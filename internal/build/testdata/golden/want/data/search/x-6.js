waymark.search("x","zchb55sp",6,"0mQ9z}vc&)(^jTG.I]C<_q6:ZdZW-(`F^KQ<`e)##");
