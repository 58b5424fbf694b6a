waymark.search("x","qjk4inc4",4,"RgSgr}vc'Vg[=TH.ZYC<AkvtM7#SA(uL{&9Z]9rQo4TqG>@F;$kYk9VRTc^Po2nIf)?qUo;/Faf'##");
