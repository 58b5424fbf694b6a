waymark.search("x","jftqkbnl",14,"5M%#m}vc'Ve[`wYKr9?qaCX4obVP,(`FmXGq`qxz-7YQrTF.k:w+okV0>7_PC'`F&C*'[quypb^P;'pKx&g+@kQ%97bf9([GxeXUPex5##");
