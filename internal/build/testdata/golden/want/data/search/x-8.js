waymark.search("x","qjk4inc4",8,"t3Q9#~vc&)}KrH##");
