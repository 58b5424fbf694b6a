waymark.search("x","jftqkbnl",5,"zA%#n}vc'Vg[{=aFI1wCLtw0X6ftx:_FL=7q`C{.nb8^q'uLI]3,auIAdU0hHlXKrVv&1rQ%%defe'1E<$T+:p{.Y6^WXl$/Zv=##");
