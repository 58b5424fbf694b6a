waymark.search("x","jftqkbnl",12,"jrTgi}vc'Vg[=TH.)$,C^qzz-7HTlkG.02*'mPqmo4hmG>H.ZYDjBkfA.eIbI$aF8Q&Ck9^;eU?e]`?3/ERjWq7%;baPGl`F/E$S&B]4obVPW`-Ixe+TPex5##");
