waymark.search("x","zchb55sp",8,"t3Q9#~vc&)}KrH##");
