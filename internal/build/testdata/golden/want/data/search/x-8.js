waymark.search("x","jftqkbnl",8,"t3Q9#~vc&)}KrH##");
