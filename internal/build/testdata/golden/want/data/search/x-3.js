waymark.search("x","jftqkbnl",3,"](S9p}vc'V}gz$1EmXJpqudzH6:P;'pKhV[,]9%+S5>e3tbGA]C<2uBVIdJb2U_F,$`BLt~t_(f[L'%Iw7mYPex5##");
