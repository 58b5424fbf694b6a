waymark.search("x","a3gma2li",0,[
["It exists to be compared, byte by byte. Search leaves it in."]
]);
