waymark.search("x","d3lv4234",0,[
["It exists to be compared, byte by byte. Search leaves it in."]
]);
