waymark.search("x","a3gma2li",8,[
[""]
]);
