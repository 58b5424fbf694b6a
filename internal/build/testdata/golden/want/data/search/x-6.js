waymark.search("x","qjk4inc4",6,"0mQ9z}vc&)(^jTG.I]C<_q6:ZdZW-(`F^KQ<`e)##");
