waymark.search("x","jftqkbnl",1,"RBDTKQx:vP=k9gms+*8=<`2;UpVx)b[S`gC)y:F>6u8V<0koAM0vA73NQWWZMY5Ez1h,q`2h@f_Y0>)`cQ}cf/DJ#kC_pT_w9]5l;jzYv7mE-1a@KsF2(`X&yWZ;|Sfx>}7$#");
