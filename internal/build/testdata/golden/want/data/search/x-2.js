waymark.search("x","a3gma2li",2,[
["The third missed meeting A short message Waiting"]
]);
