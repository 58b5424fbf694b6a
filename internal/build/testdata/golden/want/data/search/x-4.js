waymark.search("x","zchb55sp",4,"RgSgr}vc'Vg[=TH.ZYC<AkvtM7#SA(uL{&9Z]9rQo4TqG>@F;$kYk9VRTc^Po2nIf)?qUo;/Faf'##");
